/** Which menu is open, in the address. */
export interface MenusSearch {
  menu?: number | 'new'
}

export function validateMenusSearch(search: Record<string, unknown>): MenusSearch {
  const { menu } = search
  if (menu === 'new') return { menu }
  const id = Number(menu)
  return Number.isInteger(id) && id > 0 ? { menu: id } : {}
}
