import { familyHistory } from '@common-thread/projecting/family-history/history';

export const ourFamilyHistory = familyHistory('family-history');
