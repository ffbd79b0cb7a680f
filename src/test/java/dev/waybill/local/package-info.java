/** MongoDB, Redis and S3 for trying Waybill out and for its tests, inside one JVM and without Docker. */
@NullMarked
package dev.waybill.local;

import org.jspecify.annotations.NullMarked;
