import { familyHistory } from '@common-thread/projecting/family-history/history';

export const caseloadHistory = familyHistory('caseload-history');
