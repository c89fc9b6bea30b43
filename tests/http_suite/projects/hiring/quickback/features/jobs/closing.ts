export const closingNote = (title: string): string => `${title} is closed`;
