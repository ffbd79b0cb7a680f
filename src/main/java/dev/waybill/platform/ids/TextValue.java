package dev.waybill.platform.ids;

/** A record of one text, such as an id: where it is kept, it stands as that text. */
public interface TextValue {

    String value();
}
