/**
 * The files that were dropped, those of folders with their path from the dropped folder on as `webkitRelativePath`, as
 * files of a chosen folder have it. To be called before the event is over. Rejects with a `DOMException` when the disk
 * can't be read.
 */
export async function droppedFiles(data: DataTransfer): Promise<readonly File[]> {
  const entries = Array.from(data.items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const files = [...data.files];
  return entries.some(({ isDirectory }) => isDirectory)
    ? (await Promise.all(entries.map(inside))).flat()
    : files;
}

/**
 * As `droppedFiles`, without hidden files; what can't be read, and a folder in which nothing is, comes as the file
 * that the browser makes of it, which whoever reads it will refuse by name. Never rejects.
 */
export async function filesOrFolders(data: DataTransfer): Promise<readonly File[]> {
  const plain = [...data.files];
  const found = await droppedFiles(data).catch((): readonly File[] => []);
  const visible = found.filter(({ name }) => !name.startsWith("."));
  return visible.length > 0 ? visible : plain;
}

async function inside(entry: FileSystemEntry): Promise<File[]> {
  if (isFolder(entry)) return (await Promise.all((await children(entry)).map(inside))).flat();
  const file = await new Promise<File>((resolve, reject) =>
    (entry as FileSystemFileEntry).file(resolve, reject),
  );
  Object.defineProperty(file, "webkitRelativePath", { value: entry.fullPath.slice(1) });
  return [file];
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** As people count: "2.png" before "10.png". */
const { compare } = new Intl.Collator(undefined, { numeric: true });

/**
 * A folder's entries by their names. It tells them in any order, by and by, up to a hundred at a time, and nothing when it
 * has told all.
 */
async function children(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all.sort((a, b) => compare(a.name, b.name));
    all.push(...some);
  }
}
