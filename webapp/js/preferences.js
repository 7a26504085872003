/*
 * Language and light or dark, as chosen before or as the browser has it; for the static pages and the Lab alike. Not a
 * module: it runs before anything is painted. Choices are cookies, so that the server knows the language, too.
 */
(function () {
  const root = document.documentElement;
  const remembered = name => document.cookie.match(`(?:^|; )${name}=([a-z]+)`)?.[1];
  const remember = (name, value) => { document.cookie = `${name}=${value}; path=/; max-age=31536000; SameSite=Lax`; };
  const systemDark = matchMedia('(prefers-color-scheme: dark)');

  function show(theme) {
    root.dataset.theme = theme;
    root.style.colorScheme = theme;
  }

  root.lang = remembered('language') ?? (navigator.language.startsWith('ru') ? 'ru' : 'en');
  show(remembered('theme') ?? (systemDark.matches ? 'dark' : 'light'));
  systemDark.addEventListener('change', () => remembered('theme') ?? show(systemDark.matches ? 'dark' : 'light'));

  window.digitlabPreferences = {
    /** Remembers the language and shows the page in it. */
    chooseLanguage(code) {
      remember('language', code);
      location.reload();
    },
    /** Turns light into dark and back. */
    switchTheme() {
      show(root.dataset.theme === 'dark' ? 'light' : 'dark');
      remember('theme', root.dataset.theme);
    },
  };
})();
