/** The service as its users meet it: over real HTTP, from the first request to the bytes that come back. */
@NullMarked
package dev.waybill.stories;

import org.jspecify.annotations.NullMarked;
