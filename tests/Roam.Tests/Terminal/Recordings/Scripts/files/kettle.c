/* A kettle: something to look at in an editor. */
#include <stdio.h>
#include <string.h>

#define BOILING 100
#define NAME "kettle"

struct kettle {
	double degrees; /* Celsius */
	int filled;
	const char *owner;
};

static int heat(struct kettle *k, double watts)
{
	int seconds = 0;
	while (k->degrees < BOILING && k->filled) {
		k->degrees += watts / 4186.0;
		seconds++;
		if (seconds % 60 == 0)
			printf("%s: %3d s, %5.1f degrees\n", NAME, seconds, k->degrees);
	}
	return seconds;
}

static void pour(struct kettle *k, int cups)
{
	for (int i = 0; i < cups; i++)
		printf("cup %d of %d for %s\n", i + 1, cups, k->owner);
	k->filled = 0;
}

/*
 * Fills, heats, pours.
 */
int main(int argc, char **argv)
{
	struct kettle mine = { 20.0, 1, "Ada" };
	int seconds = 0;

	if (argc > 1 && strcmp(argv[1], "--empty") == 0)
		mine.filled = 0;
	if (!mine.filled) {
		fprintf(stderr, "%s: nothing to heat\n", NAME);
		return 1;
	}
	seconds = heat(&mine, 2000.0);
	printf("%s: boiled after %d s\n", NAME, seconds);
	pour(&mine, 4);
	return 0;
}
