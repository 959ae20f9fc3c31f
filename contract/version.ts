/** The kernel's version, compared with `min_kernel_version` and `max_kernel_version`; the same as the package's. */
export const VERSION = "0.1.0";
/** The form of the data in the home; a newer one is refused by an older program. */
export const DATA_FORMAT = 1;
