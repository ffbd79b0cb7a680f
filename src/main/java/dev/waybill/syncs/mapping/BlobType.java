package dev.waybill.syncs.mapping;

import dev.waybill.buckets.FieldType;
import dev.waybill.platform.json.WireName;
import org.jspecify.annotations.Nullable;

/** The kind of file that a blob entry accepts; in JSON in lower case. */
enum BlobType implements WireName {
    AUTO(null, null),
    IMAGE(FieldType.IMAGE, "image/png"),
    VIDEO(FieldType.VIDEO, "video/mp4"),
    AUDIO(FieldType.AUDIO, "audio/mpeg"),
    TEXT(FieldType.TEXT, "text/plain"),
    PDF(FieldType.PDF, "application/pdf"),
    EXCEL(FieldType.EXCEL, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    DOCUMENT(FieldType.DOCUMENT, null),
    JSON(FieldType.JSON, null),
    BINARY(FieldType.BINARY, null);

    private final @Nullable FieldType type;
    private final @Nullable String sample;

    /** @param sample a media type of its files; null where only a property of exactly that type fits */
    BlobType(@Nullable FieldType type, @Nullable String sample) {
        this.type = type;
        this.sample = sample;
    }

    /** Whether clients know the type. Others are returned as the property that they choose, and auto. */
    boolean isInContract() {
        return this == AUTO || sample != null;
    }

    /** The media type to compare with types: an animation is a video where one is expected. */
    String judged(String mediaType) {
        return this == VIDEO && mediaType.equals("image/gif") ? "video/gif" : mediaType;
    }

    /** Whether it accepts files of that media type. */
    boolean takes(String mediaType) {
        return type == null || type.takes(judged(mediaType));
    }

    /** Whether a property of that type could hold any of its files. */
    boolean mayFill(FieldType property) {
        if (type == null || sample == null) {
            return property.isBlob() && (type == null || type == property);
        }
        return property.takes(sample);
    }
}
