package dev.waybill.connectors;

/**
 * The part of a source to read: a container, and a folder or key prefix in it.
 *
 * @param container the bucket or container
 * @param prefix what keys begin with, as it is in the keys: never trimmed, decoded or folded; empty for all
 * @param isFolder whether the prefix is a folder: {@code videos} takes the key {@code videos} and {@code videos/...},
 *     never {@code videos-old/...}. Otherwise it takes every key that begins so
 */
public record SourcePath(String container, String prefix, boolean isFolder) {

    /** Whether a key is within the path. */
    public boolean contains(String key) {
        if (!key.startsWith(prefix)) {
            return false;
        }
        return !isFolder
                || prefix.isEmpty()
                || prefix.endsWith("/")
                || key.length() == prefix.length()
                || key.charAt(prefix.length()) == '/';
    }

    /** The key relative to the path, which filters with a slash are applied to. */
    public String below(String key) {
        String rest = isFolder && key.startsWith(prefix) ? key.substring(prefix.length()) : key;
        return rest.startsWith("/") ? rest.substring(1) : rest;
    }

    /** As it is shown: {@code bucket/prefix}, with a star after a prefix that is no folder. */
    @Override
    public String toString() {
        return container + (prefix.isEmpty() ? "" : "/" + prefix) + (isFolder ? "" : "*");
    }
}
