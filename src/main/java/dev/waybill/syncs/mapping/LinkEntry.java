package dev.waybill.syncs.mapping;

import dev.waybill.buckets.FieldType;

/**
 * A property of objects that is filled with what a URL leads to.
 *
 * @param blob which files it takes
 * @param property which it is
 * @param type as the schema declares it
 * @param url where the URL stands
 */
record LinkEntry(BlobEntry blob, String property, FieldType type, ValueSource url) {}
