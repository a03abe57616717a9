/** The encoders alone, for tests that open models of a Hub or of files: hands the room's public face to the page. */
import * as encoders from "../src/encoders/index";

export type EncodersPage = typeof encoders;
Object.assign(window, { encodersPage: encoders });
