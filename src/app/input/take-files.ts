import type { AppModel } from "../context";
import { shown } from "../shown";

/** What a folder or a file is known by as a model; only ONNX can be used, and the dialog says so of the other. */
const isModel = ({ name }: File) => /\.(onnx|safetensors)$/i.test(name);

/** Pictures that lie beside a model, not in its folder. */
const isBeside = ({ type, webkitRelativePath }: File) =>
  type.startsWith("image/") && !webkitRelativePath.includes("/");

/** Adds files that were dropped, pasted or chosen to the map; a model and what belongs to it goes to the dialog of encoders. */
export function takeFiles({ workbench, view }: AppModel, files: readonly File[]): void {
  const hasModel = files.some(isModel);
  const items = hasModel ? files.filter(isBeside) : files;
  if (hasModel) {
    view.setState({ dialog: "models", modelFiles: files.filter((file) => !items.includes(file)) });
  }
  if (items.length > 0) shown(workbench.addFiles(items));
}
