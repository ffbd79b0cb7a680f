/** Shared by all stories: the base URL of the service, a file, and the step that no generated client does: the PUT. */
export const base = process.env.WAYBILL ?? 'http://127.0.0.1:8080';
export const key = process.env.KEY ?? 'sk_local_waybill_development_key';

const mark = Date.now().toString(36);
export const namespaceName = (client: string) => `clients-${client}-${mark}`;
export const extractors = [{ feature_extractor_name: 'multimodal_extractor', version: 'v1' }];

export const photo = Buffer.from(
  '/9j/4AAQSkZJRgABAgAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEMrKCUlKFI6PjBDYVVmZF9VXVxreJmCa3GRc1xdhbaHkZ6jrK2sZ4C8yrunyJmorKX/wAALCAAYACABAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AJ0UgmxSCbFIP//Z',
  'base64',
);

export async function put(url: string | undefined, headers: Record<string, string> | undefined): Promise<void> {
  if (!url) {
    throw new Error('the upload has no URL');
  }
  const answer = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(photo) });
  if (!answer.ok) {
    throw new Error(`PUT: ${answer.status} ${await answer.text()}`);
  }
}

export function expect<T>(what: string, value: T | null | undefined, expected?: T): T {
  if (value === undefined || value === null || (expected !== undefined && value !== expected)) {
    throw new Error(`${what}: ${JSON.stringify(value)} instead of ${JSON.stringify(expected ?? 'a value')}`);
  }
  return value;
}
