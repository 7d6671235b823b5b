/** What is between the words of a script that can be names, URLs and options. */
export const BETWEEN_WORDS = /[\s"'`=|;&<>(),]+/;
