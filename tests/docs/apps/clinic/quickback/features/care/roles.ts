export const desk = ["receptionist+"];
export const doctors = ["doctor+"];
export const everyone = ["member+", "billing"];
