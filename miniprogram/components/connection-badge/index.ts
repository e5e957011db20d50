import { NOT_CONNECTED } from "../../store/connection_view";

/** The state of the line in one glance. Touched while there is none, it asks its page to try again at once. */
Component({
  properties: {
    view: { type: Object, value: NOT_CONNECTED },
    /** True where there is room for the state and one figure only. */
    isBrief: { type: Boolean, value: false },
  },
  methods: {
    onTap() {
      if (!this.data.view.isLive) this.triggerEvent("retry");
    },
  },
});
