import { MemoryAudit } from './audit/memory-audit.js';
import { MemoryBlindIndex } from './blind-index/memory-blind-index.js';
import { MemoryGlassStore } from './break-glass/memory-glass-store.js';
import { MemoryKeyStore } from './keys/memory-key-store.js';
import { MemoryStaffStore } from './staff/memory-staff-store.js';
import { MemorySubjectAccessStore } from './subject-access/memory-requests.js';

/** Everything a vault stands on, in memory: for tests, and for describing its routes. */
export function memoryStores() {
  const keys = new MemoryKeyStore();
  const audit = new MemoryAudit();
  return {
    keys,
    audit,
    index: new MemoryBlindIndex(keys),
    glasses: new MemoryGlassStore(audit),
    requests: new MemorySubjectAccessStore(audit),
    staff: new MemoryStaffStore(audit),
  };
}
