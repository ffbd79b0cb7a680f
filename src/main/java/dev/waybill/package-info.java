/** The application class, and nothing else: no room depends on the root. */
@NullMarked
package dev.waybill;

import org.jspecify.annotations.NullMarked;
