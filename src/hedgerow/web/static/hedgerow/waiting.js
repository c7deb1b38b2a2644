// Looks again by itself where a page is still being worked out; the link does the same.
const again = document.querySelector("a[data-again]");
if (again) {
  setTimeout(() => location.replace(again.href), Number(again.dataset.again) * 1000);
}
