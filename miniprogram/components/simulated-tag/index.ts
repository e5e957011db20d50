/** Says that the prices are made up. It stands on every page that shows one. */
Component({
  properties: {
    text: { type: String, value: "" },
  },
});
