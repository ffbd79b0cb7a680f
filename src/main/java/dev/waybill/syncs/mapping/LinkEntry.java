package dev.waybill.syncs.mapping;

import dev.waybill.buckets.FieldType;

/**
 * A link entry of a mapping: a property of objects that is filled with the file behind a URL.
 *
 * @param blob which files it accepts
 * @param property the property's name
 * @param type as the schema declares it
 * @param url source of the URL
 */
record LinkEntry(BlobEntry blob, String property, FieldType type, ValueSource url) {}
