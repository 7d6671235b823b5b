/** Something that a question names is not there. Under some conditions of the templates, that is an answer; any other error is not. */
export class NotFound extends Error {}
