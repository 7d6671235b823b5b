// Runs TypeScript without tsx's cache: its folder in /tmp has a name that can be guessed, so that another user could have put code into it.
process.env.TSX_DISABLE_CACHE = '1';
await import('tsx');
