// How pages are looked at: wide and narrow, light and dark, in both languages.

export const LOOKS = [
  { name: 'wide-light', viewport: { width: 1440, height: 900 }, colorScheme: 'light', locale: 'en-GB' },
  { name: 'wide-dark', viewport: { width: 1440, height: 900 }, colorScheme: 'dark', locale: 'en-GB' },
  { name: 'narrow-light', viewport: { width: 390, height: 844 }, colorScheme: 'light', locale: 'zh-CN' },
  { name: 'narrow-dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark', locale: 'en-GB' },
];
