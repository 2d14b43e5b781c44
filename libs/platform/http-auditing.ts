import type { AuditedCall, AuditPage, AuditQuery } from './auditing.js';
import { Auditing } from './auditing.js';
import { askVault, VaultUnreachable } from './asking-vault.js';
import type { StaffReport } from './staff.js';

const TIMEOUT_MS = 8_000;

/** The audit of a vault in another process. */
export class HttpAuditing extends Auditing {
  constructor(private readonly vault: URL) {
    super();
  }

  async calls(accessToken: string, query: AuditQuery): Promise<AuditPage> {
    const asked = new URLSearchParams();
    for (const [part, value] of Object.entries(query)) asked.set(part, String(value));
    const answer = await this.#get(`/v1/audit?${asked.toString()}`, accessToken);
    if (!Array.isArray(answer?.calls)) throw new VaultUnreachable('the audit cannot be read');
    const { calls, next } = answer;
    return {
      calls: calls as AuditedCall[],
      ...(typeof next === 'string' ? { next } : {}),
    };
  }

  async viewings(accessToken: string, line: string): Promise<readonly AuditedCall[] | undefined> {
    const path = `/v1/viewings?line=${encodeURIComponent(line)}`;
    const answer = await this.#get(path, accessToken);
    if (answer === undefined) return undefined;
    if (!Array.isArray(answer.calls)) throw new VaultUnreachable('the audit cannot be read');
    return answer.calls as AuditedCall[];
  }

  async staffReport(accessToken: string, day: string): Promise<StaffReport> {
    const answer = await this.#get(`/v1/staff/report?day=${encodeURIComponent(day)}`, accessToken);
    const { findings, isWhole, known, viewers } = (answer ?? {}) as Partial<StaffReport>;
    if (!Array.isArray(findings) || known === undefined || viewers === undefined) {
      throw new VaultUnreachable('the report on staff cannot be read');
    }
    return { findings, known, viewers, isWhole: isWhole === true };
  }

  async #get(
    path: string,
    accessToken: string,
  ): Promise<Readonly<Record<string, unknown>> | undefined> {
    const answer = await askVault(this.vault, { path, accessToken, timeoutMs: TIMEOUT_MS });
    return answer?.body as Readonly<Record<string, unknown>> | undefined;
  }
}
