// Files in the composer: dropped, pasted or chosen; each can be taken away again, and while they travel one sees how far they are.

import { draftOf } from "./drafts";

/** Serves every form with data-files that is on the page. */
export function takeFiles(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-files]")) new Files(form);
}

class Files {
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly progress: HTMLProgressElement;
  private kept: File[] = [];

  constructor(private readonly form: HTMLFormElement) {
    this.input = form.querySelector<HTMLInputElement>("input[type=file]")!;
    this.list = form.querySelector<HTMLElement>("[data-files-list]")!;
    this.progress = form.querySelector<HTMLProgressElement>("[data-files-progress]")!;
    form.classList.add("takes-files");
    this.input.addEventListener("change", () => this.add([...(this.input.files ?? [])]));
    form.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      form.classList.add("is-dropping");
    });
    form.addEventListener("dragleave", (event) => {
      if (!form.contains(event.relatedTarget as Node | null)) form.classList.remove("is-dropping");
    });
    form.addEventListener("drop", (event) => {
      form.classList.remove("is-dropping");
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      this.add([...event.dataTransfer.files]);
    });
    form.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      this.add(files.map(named));
    });
    form.addEventListener("submit", (event) => {
      if (this.kept.length === 0 || event.defaultPrevented) return;
      event.preventDefault();
      this.send();
    });
  }

  private add(files: File[]): void {
    const isKept = (file: File) => this.kept.some((one) => one.name === file.name && one.size === file.size && one.lastModified === file.lastModified);
    this.kept.push(...files.filter((file) => !isKept(file)));
    this.show();
  }

  private show(): void {
    const transfer = new DataTransfer();
    this.kept.forEach((file) => transfer.items.add(file));
    this.input.files = transfer.files;
    this.list.hidden = this.kept.length === 0;
    this.list.replaceChildren(...this.kept.map((file) => this.entry(file)));
  }

  private entry(file: File): HTMLElement {
    const entry = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = `${file.name} · ${size(file.size)}`;
    const away = document.createElement("button");
    away.type = "button";
    away.className = "icon-button";
    away.setAttribute("aria-label", (this.list.dataset.remove ?? "{name}").replace("{name}", file.name));
    away.textContent = "×";
    away.addEventListener("click", () => {
      this.kept = this.kept.filter((one) => one !== file);
      this.show();
      this.form.querySelector<HTMLElement>("textarea")?.focus();
    });
    entry.append(name, away);
    return entry;
  }

  /** Sends the form and shows how far it is. What is refused is said here; words and files stay where they are. */
  private send(): void {
    const request = new XMLHttpRequest();
    request.open("POST", this.form.action);
    request.setRequestHeader("accept", "text/html");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) this.progress.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => this.answered(request));
    request.addEventListener("error", () => this.failed(this.list.dataset.failed ?? ""));
    this.busy(true);
    request.send(new FormData(this.form));
    draftOf(this.form)?.leaves();
  }

  private answered(request: XMLHttpRequest): void {
    if (request.status >= 200 && request.status < 300) {
      const to = new URL(request.responseURL);
      // The same address with another place on it would only scroll.
      if (to.pathname === location.pathname && to.search === location.search) location.reload();
      else location.assign(to);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    this.failed(page.querySelector("#composer-error, [role=alert]")?.textContent?.trim() || (this.list.dataset.failed ?? ""));
  }

  private failed(words: string): void {
    this.busy(false);
    const place = this.form.querySelector<HTMLElement>("[data-files-error]");
    if (place) {
      place.textContent = words;
      place.hidden = false;
    }
    draftOf(this.form)?.typed();
  }

  private busy(is: boolean): void {
    this.progress.hidden = !is;
    this.progress.value = 0;
    this.form.setAttribute("aria-busy", String(is));
    for (const button of this.form.querySelectorAll<HTMLButtonElement>("button[type=submit]")) button.disabled = is;
  }
}

/** A picture from the clipboard has no name worth reading: it gets the moment. */
function named(file: File): File {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, "0");
  const moment = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())} ${two(now.getHours())}.${two(now.getMinutes())}.${two(now.getSeconds())}`;
  return new File([file], `${moment}.${file.name.split(".").pop()}`, { type: file.type, lastModified: file.lastModified });
}

function size(bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, "kB"] : [bytes / 1_000_000, "MB"];
  return `${new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 }).format(value)} ${unit}`;
}
