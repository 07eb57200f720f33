import { type Api, ApiError, type ApiRequest, badField, choice, wholeNumber } from './api.ts';
import type { Chats } from './chats.ts';
import { departmentFields, personFields } from './contact-fields.ts';
import type { Department, Person, StandInDirectory } from './directory.ts';
import type { JsonObject } from './json.ts';

const BASE = ['contact:contact.base:readonly', 'contact:contact:readonly_as_app'];
const V3 = '/open-apis/contact/v3';

/** Reading departments and people, as far as the contact range goes. */
export class ContactApi {
  readonly #directory: StandInDirectory;
  readonly #chats: Chats;
  readonly #scopes: ReadonlySet<string>;

  constructor(directory: StandInDirectory, chats: Chats, scopes: ReadonlySet<string>) {
    this.#directory = directory;
    this.#chats = chats;
    this.#scopes = scopes;
  }

  readonly apis: readonly Api[] = [
    this.#reading('/departments/:department_id/children', (request) => this.#children(request)),
    this.#reading('/departments/:department_id', (request) => ({
      department: this.#departmentFields(this.#department(request, request.params.department_id), request),
    })),
    this.#reading('/users/find_by_department', (request) => this.#peopleOf(request)),
    this.#reading('/users/batch', (request) => this.#batch(request)),
    this.#reading('/users/:user_id', (request) => ({
      user: this.#personFields(this.#readable(request.params.user_id ?? '', request), request),
    })),
    this.#reading('/scopes', (request) => this.#range(request)),
  ];

  #reading(path: string, data: (request: ApiRequest) => JsonObject): Api {
    return { method: 'GET', path: V3 + path, scopes: BASE, handle: (request) => ({ data: data(request) }) };
  }

  #children(request: ApiRequest): JsonObject {
    const { query, params } = request;
    const above = this.#department(request, params.department_id)?.openDepartmentId ?? '0';
    const all = choice(query, 'fetch_child', 'false', 'true') === 'true';
    const below = (id: string): Department[] =>
      [...this.#directory.departments.values()]
        .filter(({ parent, inContactRange }) => parent === id && inContactRange)
        .flatMap((found) => (all ? [found, ...below(found.openDepartmentId)] : [found]));
    return pageOf(below(above), query, { usual: 10, most: 50 }, (each) =>
      this.#departmentFields(each, request),
    );
  }

  #peopleOf(request: ApiRequest): JsonObject {
    const id = request.query.get('department_id');
    if (id === null) throw badField('department_id', 'department_id is required');
    const department = this.#department(request, id)?.openDepartmentId ?? '0';
    const members = [...this.#directory.people.values()].filter(
      ({ departments, inContactRange, isResigned }) =>
        departments.includes(department) && inContactRange && !isResigned,
    );
    return pageOf(members, request.query, { usual: 10, most: 50 }, (each) =>
      this.#personFields(each, request),
    );
  }

  #batch(request: ApiRequest): JsonObject {
    const ids = request.query.getAll('user_ids');
    if (ids.length === 0 || ids.length > 50)
      throw badField('user_ids', 'the number of user_ids must be 1 to 50');
    const idType = userIdType(request.query);
    const found = ids.flatMap((id) => this.#person(id, idType) ?? []).filter((each) => each.inContactRange);
    return { items: found.map((each) => this.#personFields(each, request)) };
  }

  /** The company's uppermost departments and whoever is in none, or else what was named one by one. */
  #range({ query }: ApiRequest): JsonObject {
    const whole = this.#directory.wholeCompany;
    const departments = [...this.#directory.departments.values()].filter(
      ({ parent, inContactRange }) => inContactRange && (!whole || parent === '0'),
    );
    const people = [...this.#directory.people.values()].filter(
      (each) => each.inContactRange && !each.isResigned && (!whole || each.departments.includes('0')),
    );
    const departmentId = choice(query, 'department_id_type', 'open_department_id', 'department_id');
    const idType = userIdType(query);
    const { items, ...rest } = pageOf<Department | Person>(
      [...departments, ...people],
      query,
      { usual: 50, most: 100 },
      (each) =>
        'openDepartmentId' in each
          ? { department: departmentId === 'department_id' ? each.departmentId : each.openDepartmentId }
          : { user: idOf(each, idType) },
    );
    return {
      department_ids: items.flatMap(({ department }) => department ?? []),
      user_ids: items.flatMap(({ user }) => user ?? []),
      group_ids: [],
      ...rest,
    };
  }

  /** @returns undefined for the company itself */
  #department({ query }: ApiRequest, id: string | undefined): Department | undefined {
    const idType = choice(query, 'department_id_type', 'open_department_id', 'department_id');
    if (id === '0') {
      if (this.#directory.wholeCompany) return undefined;
      throw new ApiError(40004, 'no dept authority error');
    }
    const found = [...this.#directory.departments.values()].find(
      (each) => (idType === 'department_id' ? each.departmentId : each.openDepartmentId) === id,
    );
    if (!found) throw new ApiError(43009, 'dept id not exist error');
    if (!found.inContactRange) throw new ApiError(40004, 'no dept authority error');
    return found;
  }

  #person(id: string, idType: UserIdType): Person | undefined {
    const person = this.#chats.person(id);
    return person && idOf(person, idType) === id ? person : undefined;
  }

  #readable(id: string, { query }: ApiRequest): Person {
    const person = this.#person(id, userIdType(query));
    if (!person) throw new ApiError(41012, 'user id invalid error');
    if (!person.inContactRange) throw new ApiError(41050, 'no user authority error');
    return person;
  }

  #departmentFields(department: Department | undefined, { query }: ApiRequest): JsonObject {
    if (!department) return { open_department_id: '0', department_id: '0', name: '示例单位' };
    const idType = userIdType(query);
    const nameOf = (openId: string) => {
      const person = this.#directory.people.get(openId);
      return person ? idOf(person, idType) : undefined;
    };
    const members = [...this.#directory.people.values()].filter(({ departments }) =>
      departments.includes(department.openDepartmentId),
    );
    return departmentFields(department, members.length, nameOf, this.#scopes);
  }

  #personFields(person: Person, { query }: ApiRequest): JsonObject {
    const byOwnId =
      choice(query, 'department_id_type', 'open_department_id', 'department_id') === 'department_id';
    const departmentIds = person.departments.map((id) =>
      byOwnId ? (this.#directory.departments.get(id)?.departmentId ?? id) : id,
    );
    return personFields(person, departmentIds, this.#scopes);
  }
}

type UserIdType = 'open_id' | 'union_id' | 'user_id';

const userIdType = (query: URLSearchParams): UserIdType =>
  choice<UserIdType>(query, 'user_id_type', 'open_id', 'union_id', 'user_id');

const idOf = ({ openId, unionId, userId }: Person, idType: UserIdType): string =>
  ({ open_id: openId, union_id: unionId, user_id: userId })[idType];

function pageOf<T>(
  all: readonly T[],
  query: URLSearchParams,
  size: { usual: number; most: number },
  shown: (each: T) => JsonObject,
): { has_more: boolean; page_token?: string; items: JsonObject[] } {
  const count = wholeNumber(query, 'page_size', size.usual, size.most);
  const token = query.get('page_token') ?? '';
  const from =
    token === '' ? 0 : Number(/^page-(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1]);
  if (Number.isNaN(from)) throw badField('page_token', 'page_token is invalid');
  const to = from + count;
  return {
    has_more: to < all.length,
    ...(to < all.length ? { page_token: Buffer.from(`page-${to}`).toString('base64url') } : {}),
    items: all.slice(from, to).map(shown),
  };
}
