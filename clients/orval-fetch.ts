import { base, key, namespaceName } from './story';

export const namespace = namespaceName('orval');

/** How orval's client sends a request: to the service, with the key and the namespace. */
export async function send<T>(url: string, options: RequestInit): Promise<T> {
  const headers = { ...options.headers, Authorization: `Bearer ${key}`, 'X-Namespace': namespace };
  const answer = await fetch(base + url, { ...options, headers });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${url}: ${answer.status} ${text}`);
  }
  return { data: text === '' ? undefined : JSON.parse(text), status: answer.status, headers: answer.headers } as T;
}
