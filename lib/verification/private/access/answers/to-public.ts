import { AccessFinding, AccessPlace, AccessReason } from '../../../access-reason';
import { Finding } from '../../findings/finding';
import { Place } from '../../findings/place';
import { Reason } from '../../findings/reason';

export const placeOf = ({ template, logicalId, path, constructPath }: Place): AccessPlace => ({ template, logicalId, path, constructPath });

export const reasonOf = ({ what, place, because }: Reason): AccessReason =>
  ({ what, place: place && placeOf(place), because: because?.map(reasonOf) });

export const findingOf = ({ id, message, place }: Finding): AccessFinding => ({ id, message, place: place && placeOf(place) });
