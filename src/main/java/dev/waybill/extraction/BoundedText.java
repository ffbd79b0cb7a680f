package dev.waybill.extraction;

import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/**
 * SAX handler that collects text as parsers find it, up to a number of characters, and ends the parsing when it has
 * them.
 */
final class BoundedText extends DefaultHandler {

    private static final String PAGE = "div";

    private final StringBuilder text = new StringBuilder();
    private final int maxCharacters;
    private boolean discard;
    private boolean stopAtFirstPage;
    private boolean full;

    BoundedText(int maxCharacters) {
        this.maxCharacters = maxCharacters;
    }

    /** Collects no text, and lets the parsing go on to the end. */
    BoundedText discarding() {
        this.discard = true;
        return this;
    }

    /** Ends the parsing at the first page, for metadata that is known before it. */
    BoundedText stoppingAtFirstPage() {
        this.stopAtFirstPage = true;
        return this;
    }

    @Override
    public void startElement(String uri, String localName, String name, Attributes attributes) {
        if (stopAtFirstPage && localName.equals(PAGE)) {
            full = true;
            throw new Full();
        }
    }

    @Override
    public void characters(char[] characters, int start, int length) {
        if (discard) {
            return;
        }
        int left = maxCharacters - text.length();
        text.append(characters, start, Math.min(left, length));
        if (length > left) {
            full = true;
            throw new Full();
        }
    }

    @Override
    public void ignorableWhitespace(char[] characters, int start, int length) {
        characters(characters, start, length);
    }

    /** Whether there was more. */
    boolean isFull() {
        return full;
    }

    String text() {
        return text.toString();
    }

    /** Ends the parsing; no failure. */
    static final class Full extends RuntimeException {
        Full() {
            super("enough was read", null, false, false);
        }
    }
}
