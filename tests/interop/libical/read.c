/* Prints what libical reads from every calendar in a folder, a JSON line for each entry.
 *
 * What it finds wrong by itself (X-LIC-ERROR) or by the rules of RFC 5545 and 5546 (icalrestriction_check)
 * is a line with "error", and the exit is 1.
 */
#include <dirent.h>
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int faults = 0;

static void print_text(const char *text)
{
    putchar('"');
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (*at == '"' || *at == '\\')
            printf("\\%c", *at);
        else if (*at < 0x20)
            printf("\\u%04x", *at);
        else
            putchar(*at);
    }
    putchar('"');
}

static void print_fault(const char *file, const char *what)
{
    faults++;
    printf("{\"file\": \"%s\", \"error\": ", file);
    print_text(what);
    printf("}\n");
}

static void find_faults(const char *file, icalcomponent *component)
{
    icalproperty *each = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY);
    for (; each; each = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY))
        print_fault(file, icalproperty_as_ical_string(each));
    icalcomponent *inner = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT);
    for (; inner; inner = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
        find_faults(file, inner);
}

static void print_time(const char *name, icaltimetype when)
{
    printf(", \"%s\": ", name);
    if (icaltime_is_null_time(when)) {
        printf("null");
        return;
    }
    if (when.is_date) {
        printf("\"%04d-%02d-%02d\"", when.year, when.month, when.day);
        return;
    }
    if (!when.zone) {
        printf("\"floating\"");
        return;
    }
    when = icaltime_convert_to_zone(when, icaltimezone_get_utc_timezone());
    printf("\"%04d-%02d-%02dT%02d:%02d:%02dZ\"", when.year, when.month, when.day, when.hour, when.minute, when.second);
}

static void print_entry(const char *file, const char *method, icalcomponent *entry)
{
    int task = icalcomponent_isa(entry) == ICAL_VTODO_COMPONENT;
    icalproperty *status = icalcomponent_get_first_property(entry, ICAL_STATUS_PROPERTY);
    const char *summary = icalcomponent_get_summary(entry);
    printf("{\"file\": \"%s\", \"method\": \"%s\", \"kind\": \"%s\"", file, method, task ? "VTODO" : "VEVENT");
    printf(", \"uid\": ");
    print_text(icalcomponent_get_uid(entry));
    printf(", \"sequence\": %d", icalcomponent_get_sequence(entry));
    printf(", \"status\": \"%s\"", status ? icalproperty_status_to_string(icalproperty_get_status(status)) : "");
    print_time("start", icalcomponent_get_dtstart(entry));
    print_time("end", task ? icalcomponent_get_due(entry) : icalcomponent_get_dtend(entry));
    printf(", \"summary\": ");
    print_text(summary ? summary : "");
    printf("}\n");
}

static void read_calendar(const char *file, char *text)
{
    icalcomponent *calendar = icalparser_parse_string(text);
    if (!calendar || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
        print_fault(file, "not one VCALENDAR");
        return;
    }
    icalproperty *method = icalcomponent_get_first_property(calendar, ICAL_METHOD_PROPERTY);
    const char *named = method ? icalproperty_method_to_string(icalproperty_get_method(method)) : "";
    icalcomponent *each = icalcomponent_get_first_component(calendar, ICAL_ANY_COMPONENT);
    for (; each; each = icalcomponent_get_next_component(calendar, ICAL_ANY_COMPONENT)) {
        icalcomponent_kind kind = icalcomponent_isa(each);
        if (kind == ICAL_VEVENT_COMPONENT || kind == ICAL_VTODO_COMPONENT)
            print_entry(file, named, each);
    }
    if (!icalrestriction_check(calendar))
        print_fault(file, "breaks a restriction of RFC 5545 or 5546");
    find_faults(file, calendar);
    icalcomponent_free(calendar);
}

static char *contents(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = calloc(1, (size_t)size + 1);
    size_t got = text ? fread(text, 1, (size_t)size, file) : 0;
    fclose(file);
    if (got != (size_t)size) {
        free(text);
        return NULL;
    }
    return text;
}

static int is_calendar(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && strcmp(dot, ".ics") == 0;
}

int main(int count, char **given)
{
    struct dirent **files;
    int found = count == 2 ? scandir(given[1], &files, is_calendar, alphasort) : -1;
    if (found < 0) {
        fprintf(stderr, "usage: read FOLDER\n");
        return 2;
    }
    icalerror_set_errors_are_fatal(0);
    for (int i = 0; i < found; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", given[1], files[i]->d_name);
        char *text = contents(path);
        if (text)
            read_calendar(files[i]->d_name, text);
        else
            print_fault(files[i]->d_name, "cannot be read");
        free(text);
        free(files[i]);
    }
    free(files);
    return faults ? 1 : 0;
}
