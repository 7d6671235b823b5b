import { AccessReason } from '../../access-reason';
import { placeText } from '../../internal/place-text';

/** What reasons say, and what they follow from, in the order of an explanation. */
export const sentencesOf = (reasons: readonly AccessReason[]): string[] =>
  reasons.flatMap(({ what, because = [] }) => [what, ...sentencesOf(because)]);

/** Where the templates say so. */
export const placesOf = (reasons: readonly AccessReason[]): string[] =>
  reasons.flatMap(({ place, because = [] }) => [...(place && place.template !== '' ? [placeText(place)] : []), ...placesOf(because)]);
