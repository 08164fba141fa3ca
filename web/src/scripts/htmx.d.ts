// The same library under the address that is bundled: one copy, with its types.
declare module "htmx.org/dist/htmx.esm.min.js" {
  import htmx from "htmx.org";
  export default htmx;
}
