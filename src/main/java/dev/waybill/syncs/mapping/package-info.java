/**
 * The schema mapping of a sync: which property, metadata and further blobs a file becomes. Pure values and rules,
 * without I/O; a file that cannot be mapped has a reason. Begin with {@code SchemaMapping} and {@code MappingReader}.
 */
@NullMarked
package dev.waybill.syncs.mapping;

import org.jspecify.annotations.NullMarked;
