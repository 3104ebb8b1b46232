/** What the file dialog offers; the server tells types by content. */
export const ACCEPT = '.pdf,.png,.jpg,.jpeg,.webp,.tif,.tiff,.gif,application/pdf,image/*';

/** The files of a drop or a paste; pasted pictures get a name that tells when. */
export function filesOf(data: DataTransfer | null, nameOf: (time: string) => string): File[] {
  if (!data) return [];
  return [...data.files].map((file) => (file.name === 'image.png' ? named(file, nameOf) : file));
}

export function carriesFiles(data: DataTransfer | null): boolean {
  return data?.types.includes('Files') ?? false;
}

function named(file: File, nameOf: (time: string) => string): File {
  const at = new Date().toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
  return new File([file], `${nameOf(at)}.png`, { type: file.type });
}
