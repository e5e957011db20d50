/** The version of this mini-program, shown in the settings and sent to the server's logs. */
export const VERSION = "0.1.0";
