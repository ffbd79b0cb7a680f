package dev.waybill.platform.storage.s3;

import dev.waybill.platform.storage.FileNames;

/** The Content-Disposition that makes a browser save bytes under a name (RFC 6266, RFC 8187). */
public final class DownloadName {

    private DownloadName() {}

    /**
     * Such as {@code attachment; filename="r_sum_.pdf"; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf}: the plain form for old
     * readers, and the exact one only where the plain form loses something, because it triples the URL's length.
     */
    public static String contentDisposition(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        name.codePoints().forEach(c -> plain.append(isPlain(c) ? (char) c : '_'));
        String value = "attachment; filename=\"" + plain + "\"";
        return name.contentEquals(plain) ? value : value + "; filename*=UTF-8''" + UriEncoding.encode(name);
    }

    /**
     * The same, encoded for a query, in no more than so many characters: of a long name its start and its extension,
     * and where even these do not fit no name at all.
     */
    static String inQuery(String name, int maxLength) {
        String whole = UriEncoding.encode(contentDisposition(name));
        if (whole.length() <= maxLength) {
            return whole;
        }
        String cut = FileNames.shortened(
                name, shorter -> UriEncoding.encode(contentDisposition(shorter)).length() <= maxLength);
        return UriEncoding.encode(cut.isEmpty() ? "attachment" : contentDisposition(cut));
    }

    /** Percent signs too are left to the exact form: some browsers decode them in the plain one. */
    private static boolean isPlain(int c) {
        return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '%';
    }
}
