/** 科室 · 职务 · 角色, in one line. */
export function describePerson({ department, post, roles }) {
  return [department, post, roles?.join('、')].filter(Boolean).join(' · ');
}
