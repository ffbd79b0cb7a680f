/** What a file becomes in a bucket's schema. Values and rules alone: nothing here asks anybody. */
@NullMarked
package dev.waybill.syncs.mapping;

import org.jspecify.annotations.NullMarked;
