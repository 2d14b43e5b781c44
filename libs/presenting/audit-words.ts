/** Codes of the vault's audit in words. */
export const auditKindWords: Readonly<Record<string, string>> = {
  reveal: 'opened a page',
  'look-up': 'looked somebody up',
  match: 'matched details they typed',
  derive: 'had a date worked out',
  draft: 'opened a kept form',
  audit: 'read the audit',
  'break-glass': 'broke glass',
  'subject-access': 'worked on a request for a copy',
};

export const auditPurposeWords: Readonly<Record<string, string>> = {
  triage: 'triage',
  'direct-care': 'direct care',
  'centre-support': 'support at a centre',
  'referral-feedback': 'feedback on a referral',
  'look-up': 'a look-up',
  subscription: 'a subscription',
  match: 'recording',
  derive: 'working out a date',
  draft: 'a form of their own',
  oversight: 'oversight',
  'break-glass': 'an emergency',
  'subject-access': 'somebody’s copy of their record',
};

export const auditOutcomeWords: Readonly<Record<string, string>> = {
  granted: 'shown',
  erased: 'erased',
  'not-entitled': 'not shown: not entitled',
  restricted: 'not shown: restricted',
  confidential: 'not shown: kept confidential',
  unreadable: 'not shown: unreadable',
};

export const auditRoleWords: Readonly<Record<string, string>> = {
  'centre-worker': 'centre worker',
  'health-visitor': 'health visitor',
  'hub-triage': 'hub triage',
  'hub-manager': 'hub manager',
  'information-governance': 'information-governance officer',
  'subscriber-system': 'a partner’s system',
  'agency-pages': 'the agency’s pages',
  'command-writer': 'the writer of commands',
};
