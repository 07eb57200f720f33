/** Words as they stand in a card, never as markup. */
export const words = (content: string, look = {}) => ({ tag: 'plain_text', content, ...look });
export const block = (content: string, look = {}) => ({ tag: 'div', text: words(content, look) });
