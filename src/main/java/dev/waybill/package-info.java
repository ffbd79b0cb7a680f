/**
 * The application class alone; no module depends on it. Starting it needs MongoDB, Redis and a bucket, and says what
 * is wrong with each. Begin with {@code WaybillApplication}.
 */
@NullMarked
package dev.waybill;

import org.jspecify.annotations.NullMarked;
