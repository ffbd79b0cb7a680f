/** End-to-end tests of the service over real HTTP, from the first request to the bytes that are downloaded. */
@NullMarked
package dev.waybill.stories;

import org.jspecify.annotations.NullMarked;
