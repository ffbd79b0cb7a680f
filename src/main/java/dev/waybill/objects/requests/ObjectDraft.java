package dev.waybill.objects.requests;

import dev.waybill.blobs.BlobDraft;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A requested object, validated.
 *
 * @param metadata with the values of blobs that describe metadata
 */
record ObjectDraft(@Nullable String keyPrefix, List<BlobDraft> blobs, Map<String, Object> metadata) {}
