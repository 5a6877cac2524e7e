// Calls a blog as a front end does, by what its API document says and nothing
// else. It ends with an error as soon as an answer is another than promised.
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";
import { types } from "./types.js";
import { failed, must, same } from "./want.js";

declare const process: { argv: string[] };

const api = createClient<paths>({
  baseUrl: process.argv[2] ?? "",
  querySerializer: { array: { style: "form", explode: false } },
});

async function logIn(): Promise<void> {
  const anonymous = failed(await api.GET("/api/posts"), 401);
  same("the code of a 401", anonymous.error.code, "UNAUTHORIZED");

  const account = { name: "Ann", email: "ann@example.com", password: "correct horse battery" };
  const user = must(await api.POST("/api/auth/register", { body: account }), 201);
  same("the address", user.email, account.email);
  same("an address that waits for its mail", user.email_verified_at, null);
  const again = failed(await api.POST("/api/auth/register", { body: account }), 400);
  same("the code of a second registration", again.error.code, "EMAIL_ALREADY_REGISTERED");

  const first = must(await api.POST("/api/auth/login", { body: { email: account.email, password: account.password } }), 200);
  const second = must(await api.POST("/api/auth/refresh", { body: { refresh_token: first.refresh_token } }), 200);
  let token: string = second.access_token;
  api.use({
    onRequest: ({ request }) => {
      request.headers.set("Authorization", `Bearer ${token}`);
      return request;
    },
  });
  same("the current user", must(await api.GET("/api/auth/me"), 200).id, user.id);
}

type Post = components["schemas"]["Post"];

async function write(): Promise<Post> {
  const invalid = failed(await api.POST("/api/posts", { body: { title: "", body: "b" } }), 422);
  same("the field of a 422", invalid.error.fields?.map((f) => f.field), ["title"]);
  const posts: Post[] = [];
  for (const title of ["One", "Two", "Three"]) {
    const made = await api.POST("/api/posts", { body: { title, body: "…", subtitle: "Sub" } });
    posts.push(must(made, 201));
    same("the Location", made.response.headers.get("Location"), `/api/posts/${posts.at(-1)?.id}`);
  }
  const [post] = posts as [Post];
  same("the default of a field", [post.status, post.published, post.price], ["draft", false, null]);
  return post;
}

async function list(): Promise<void> {
  const query = { limit: 1, sort: ["-title" as const], "title.contains": "t", published: false, "status.in": ["draft" as const], total: true };
  const titles: string[] = [];
  let cursor: string | null = "";
  do {
    const page: components["schemas"]["PostPage"] = must(await api.GET("/api/posts", { params: { query: cursor ? { ...query, cursor } : query } }), 200);
    same("the total", page.total, 2);
    titles.push(...page.items.map((p) => p.title));
    cursor = page.next_cursor;
  } while (cursor !== null);
  same("the titles by pages", titles, ["Two", "Three"]);
  same("what a search finds", must(await api.GET("/api/posts", { params: { query: { q: "one" } } }), 200).items.length, 1);
}

async function change(post: Post): Promise<void> {
  const params = { path: { id: post.id } };
  const shown = await api.GET("/api/posts/{id}", { params });
  same("the row", must(shown, 200), post);
  const etag = shown.response.headers.get("ETag") ?? "";

  const patched = must(await api.PATCH("/api/posts/{id}", { params, body: { subtitle: null, price: "12.50" } }), 200);
  same("a patch", [patched.subtitle, patched.price, patched.title], [null, "12.50", "One"]);
  const stale = failed(await api.PUT("/api/posts/{id}", { params: { ...params, header: { "If-Match": etag } }, body: post }), 412);
  same("the code of a 412", stale.error.code, "PRECONDITION_FAILED");
  const replaced = must(await api.PUT("/api/posts/{id}", { params, body: { ...patched, title: "Uno", status: "published" } }), 200);
  same("a replacement with what was read", { ...replaced, updated_at: "" }, { ...patched, title: "Uno", status: "published", updated_at: "" });

  const comment = must(await api.POST("/api/posts/{post_id}/comments", { params: { path: { post_id: post.id } }, body: { body: "Hm" } }), 201);
  same("the parent of a comment", comment.post_id, post.id);
}

async function remove(post: Post): Promise<void> {
  const params = { path: { id: post.id } };
  must(await api.DELETE("/api/posts/{id}", { params }), 204);
  same("the code of a 404", failed(await api.GET("/api/posts/{id}", { params }), 404).error.code, "NOT_FOUND");
  same("the row that is back", must(await api.POST("/api/posts/{id}/restore", { params }), 200).title, "Uno");
  must(await api.POST("/api/auth/logout"), 204);
  failed(await api.GET("/api/auth/me"), 401);
}

await logIn();
const post = await write();
await list();
await change(post);
await remove(post);
same("the types are checked by the compiler", types.length > 0, true);
console.log("the client and the blog understand each other");
