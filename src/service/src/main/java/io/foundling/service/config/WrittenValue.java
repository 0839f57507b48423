package io.foundling.service.config;

/** A value as it was written, with the place where it was written; the items of a list are joined by commas. */
record WrittenValue(String text, Origin origin) {

    /** Returns the value in quotes, or a mask if it may be a secret. */
    String shown(String path) {
        return origin.isConcealed() ? Secrets.MASK : "'" + Secrets.masked(path, text) + "'";
    }

    @Override
    public String toString() {
        return "WrittenValue[" + origin.place() + ']';
    }
}
