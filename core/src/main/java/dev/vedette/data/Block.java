package dev.vedette.data;

import java.util.List;

/**
 * Some rows of a file: what they say and how they were written.
 *
 * @param table the rows as typed columns, with labels where the file has them
 * @param records for each row all fields as they were written, in the order of {@link
 *     TableFile#header}
 * @param lines for each row the physical line of the file on which it starts, from 1
 */
public record Block(Table table, List<String[]> records, long[] lines) {}
