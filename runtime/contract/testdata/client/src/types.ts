// What a client may send, and what it may rely on, as the compiler sees it. A
// line after @ts-expect-error that compiles nevertheless is an error.
import type { components, paths } from "./api.js";

type Post = components["schemas"]["Post"];
type Create = paths["/api/posts"]["post"]["requestBody"]["content"]["application/json"];
type Replace = paths["/api/posts/{id}"]["put"]["requestBody"]["content"]["application/json"];
type Change = paths["/api/posts/{id}"]["patch"]["requestBody"]["content"]["application/merge-patch+json"];
type Query = NonNullable<paths["/api/posts"]["get"]["parameters"]["query"]>;

declare const post: Post;

function create(): Create[] {
  return [
    { title: "a", body: "b" },
    { title: "a", body: "b", subtitle: null, published: true, status: "published", price: "1.00" },
    post,
    // @ts-expect-error: a required field is missing
    { title: "a" },
    // @ts-expect-error: null for a field that is not optional
    { title: null, body: "b" },
    // @ts-expect-error: none of the values
    { title: "a", body: "b", status: "lost" },
    // @ts-expect-error: an unknown field
    { title: "a", body: "b", tilte: "c" },
  ];
}

function replace(): Replace[] {
  return [post, { ...post, title: "a" }];
}

function change(): Change[] {
  return [
    {},
    { title: "a" },
    { subtitle: null, price: null },
    post,
    // @ts-expect-error: null for a field that is not optional
    { title: null },
  ];
}

function query(): Query[] {
  return [
    {},
    { limit: 1, cursor: "", offset: 0, sort: ["title", "-created_at"], q: "a", total: true },
    { published: true, "title.contains": "a", "status.in": ["draft", "published"] },
    // @ts-expect-error: not a key of the order
    { sort: ["body"] },
    // @ts-expect-error: not a filter
    { "body.contains": "a" },
  ];
}

// Every member is in every answer.
function read(): [number, string, string, boolean, string | null, "draft" | "published", string | null, string] {
  return [post.id, post.title, post.body, post.published, post.subtitle, post.status, post.price, post.created_at];
}

export const types = [create, replace, change, query, read];
