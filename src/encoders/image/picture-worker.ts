import { serve } from "../../remote/serve";
import { makePicture, type Picture } from "./thumbnail";

/** What the picture worker does. */
export interface PictureWorkerMethods {
  decode: { input: Blob; output: Picture; progress: never };
}

serve<PictureWorkerMethods>({
  decode: (file, { signal }) => makePicture(file, signal),
});
