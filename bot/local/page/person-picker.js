import { Combobox } from './combobox.js';
import { openPanel } from './panel.js';
import { describePerson } from './person.js';

/**
 * Asks for a person of the bureau.
 * @param {object[]} people
 * @returns {Promise<object | undefined>} nobody, when it was closed
 */
export function pickPerson(people) {
  const options = people.map((person) => ({
    value: person.id,
    label: person.name,
    detail: describePerson(person),
  }));
  const { element, input } = new Combobox({
    options,
    alwaysOpen: true,
    attributes: { placeholder: '姓名、科室或角色', 'aria-label': '查找人员' },
    onPick: (option) => dialog.close(option.value),
  });
  const dialog = openPanel('picker', '扮演谁？', element);
  input.focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      resolve(people.find((person) => person.id === dialog.returnValue));
    });
  });
}
