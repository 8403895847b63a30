/* The same count of ranks in C: rank acceptability, pairwise wins and central weights.
 * cc -O3 -march=native -ffast-math robustness.c -o robustness -lm
 * robustness DRAWS PROPOSITIONS DISCIPLINES < scores; prints seconds and first-rank shares. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BLOCK 512
#define MOST 32

static uint32_t state[BLOCK];

static void exponentials(float *out) {
    for (int i = 0; i < BLOCK; i++) {
        uint32_t x = state[i];
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        state[i] = x;
        out[i] = -logf((float)(x >> 8) * 0x1p-24f + 0x1p-25f);
    }
}

int main(int argc, char **argv) {
    if (argc < 4) return 1;
    long draws = atol(argv[1]);
    int P = atoi(argv[2]), D = atoi(argv[3]);
    static float s[MOST][MOST], w[MOST][BLOCK], v[MOST][BLOCK];
    static uint8_t better[MOST][BLOCK];
    static long ranks[MOST][MOST], wins[MOST][MOST];
    static double won[MOST][MOST];
    for (int p = 0; p < P; p++)
        for (int d = 0; d < D; d++)
            if (scanf("%f", &s[p][d]) != 1) return 1;
    for (int i = 0; i < BLOCK; i++) state[i] = 2654435761u * (i + 1) ^ 0x9e3779b9u;
    clock_t start = clock();
    for (long done = 0; done < draws; done += BLOCK) {
        float total[BLOCK] = {0};
        for (int d = 0; d < D; d++) {
            exponentials(w[d]);
            for (int i = 0; i < BLOCK; i++) total[i] += w[d][i];
        }
        for (int d = 0; d < D; d++)
            for (int i = 0; i < BLOCK; i++) w[d][i] /= total[i];
        for (int p = 0; p < P; p++) {
            memset(v[p], 0, sizeof v[p]);
            memset(better[p], 0, sizeof better[p]);
            for (int d = 0; d < D; d++)
                for (int i = 0; i < BLOCK; i++) v[p][i] += s[p][d] * w[d][i];
        }
        for (int q = 1; q < P; q++)
            for (int p = 0; p < q; p++) {
                int count = 0;
                for (int i = 0; i < BLOCK; i++) {
                    uint8_t higher = v[q][i] > v[p][i];
                    better[p][i] += higher;
                    better[q][i] += 1 - higher;
                    count += higher;
                }
                wins[q][p] += count;
                wins[p][q] += BLOCK - count;
            }
        for (int p = 0; p < P; p++)
            for (int i = 0; i < BLOCK; i++) {
                ranks[p][better[p][i]]++;
                if (better[p][i] == 0)
                    for (int d = 0; d < D; d++) won[p][d] += w[d][i];
            }
    }
    printf("%.6f", (double)(clock() - start) / CLOCKS_PER_SEC);
    long all = (draws + BLOCK - 1) / BLOCK * BLOCK;
    for (int p = 0; p < P; p++) printf(" %.6f", (double)ranks[p][0] / all);
    /* Printed so that the compiler keeps the work. */
    fprintf(stderr, "%ld %f\n", wins[1][0], won[0][0]);
    return 0;
}
