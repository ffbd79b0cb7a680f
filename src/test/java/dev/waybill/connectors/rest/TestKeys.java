package dev.waybill.connectors.rest;

/** One RSA key for tests only, in the formats in which providers issue such keys; made by openssl 3. */
public final class TestKeys {

    public static final String PASSPHRASE = "open-sesame";

    /** PKCS #8 in the clear. */
    public static final String PLAIN = """
            -----BEGIN PRIVATE KEY-----
            MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC67ThBqJs4ffIY
            bR0TIZ89GijuoKCSG0mwiMXlzuch1zssS6lA1hoGaaX4K3waDiflE0UEskv7y5q+
            b5/amR3s6h/oJo8kboePRl75E+gwskL1OmjJza7brJ9cK0CggQRzYekswUFQ2KAK
            uKgBHhOhSUfJ09aHVsZ/fWN3r9+zH80ZHm1hCeWIUVYre6G1V6Hv/D0BVN+0Dkzi
            /Q1LR5wWzlc5Yr7/7syNSZlvWIEJ2+8TALY3SmbuDF6MPZXazLra3lBBfKDx9E7Z
            t99ADoYUuyzCNFASYLbQtbMpRl+93rBTtnJijw136kIArUqztikUnOCWhgt+YYn0
            AkK/Q4LpAgMBAAECggEASowdke3kjXiJCt3FKSKRB4S9y0ELGInCbyF0zwwfWHsm
            MamxA9b/BQywMJNjCF8Z4P042sEilXYjLgyFU2AaM6hBdkuebZiY/nZBnRMn1/fX
            xUX4kXayZBBpc5AaU4hwlnV3US53Vn82AGCZO+zbRkjb1O1jUpE0U5bVit98lsoJ
            yCwsYOWGHc30miXaQ3eXBRBoLbl2w9BuYZfoz2TW/zvNQ3Ne6gmljWlC4c/C2ym8
            HXt1HI2jVqlrLIq9YcR8meQkcig8EO6BLCOBCcOFNqNmsxXxW2l3NXYplJ+oT3C5
            qhA8UJd4fb0EDAk6gKUSZt10I1mGs6/LNNcr0OdCAwKBgQD2DjfHhJ5pPZUb29B5
            3J74HFz8P5SORyysbqiVV+KjRnAQoN0HLvXCkuATplU2JAXhsYV69IKwaWFxAoCA
            LmBiN2ZsWhpVdgfmqrrvFxyqdGnFOggFcEGkwwr0rem88WYwohrAC72EG51vEVU1
            1v9Y/9Zyp0hi86jd7FbD+3IQowKBgQDCezt3Adn0jGYAMrN7ZvyBuHoJFlKMchXY
            cNwaH8IYri1Ekhm/RB57vQ9QrW3zXjAhtmfn0weTXy5EXSOfHjb9oImNPzYoWUdf
            4E9kse2rv3+Wkj2YMHwQvxrM31gaA6smtzJy068QLZbFefnbFZOic/i17YAsg5YB
            LJtmoUV7AwKBgQCwBCe+4I35twYNsceHBV3rG08hW9JHnX7FszuB6ibEqkTMgGbd
            FqjUEgGdzOU0H7zdYQKdnIBI9nmwQBvwljx4xizM4f/oltC8H/ItyxjEjxaC8ip+
            yXkMBkK2GhsVAJMbwzrjmwJtmNuccofERhLQdePQjP5pWui4KLNA64UDhQKBgH0p
            1lF3DZDHsvW5q61l0GikE1Y52ZKt8cVEjUL64W4E2vlgldV0v7GfMXYYx8Ry/8MS
            o7idJikAfsRctQo45edBJIWVAwPgwYDA2hfSM0XvjuuW3rFNsusMMvFbZFYJumLG
            UF96QRbGYFxjbhxDvKo2vQBJA86iOS40SSc573+FAoGAOoeXBDcdpZJknoKA1nyk
            zq/Dtnf/E+IxSnjN37HW2z59sPwVjFlr7E+Nq9YkttM1+JYwAvi/DNIR8gDF8qgx
            5mzBemUlJjBrSd6bBQGoU6TfB3OENbrafc0+tEWPkkON28+HHCQmBFlLrG5Wh9rJ
            M/MBfQHrQUa72/87aacca1U=
            -----END PRIVATE KEY-----
            """;

    /** PKCS #1, as openssl used to write keys, and Mux does. */
    public static final String PKCS1 = """
            -----BEGIN RSA PRIVATE KEY-----
            MIIEowIBAAKCAQEAuu04QaibOH3yGG0dEyGfPRoo7qCgkhtJsIjF5c7nIdc7LEup
            QNYaBmml+Ct8Gg4n5RNFBLJL+8uavm+f2pkd7Oof6CaPJG6Hj0Ze+RPoMLJC9Tpo
            yc2u26yfXCtAoIEEc2HpLMFBUNigCrioAR4ToUlHydPWh1bGf31jd6/fsx/NGR5t
            YQnliFFWK3uhtVeh7/w9AVTftA5M4v0NS0ecFs5XOWK+/+7MjUmZb1iBCdvvEwC2
            N0pm7gxejD2V2sy62t5QQXyg8fRO2bffQA6GFLsswjRQEmC20LWzKUZfvd6wU7Zy
            Yo8Nd+pCAK1Ks7YpFJzgloYLfmGJ9AJCv0OC6QIDAQABAoIBAEqMHZHt5I14iQrd
            xSkikQeEvctBCxiJwm8hdM8MH1h7JjGpsQPW/wUMsDCTYwhfGeD9ONrBIpV2Iy4M
            hVNgGjOoQXZLnm2YmP52QZ0TJ9f318VF+JF2smQQaXOQGlOIcJZ1d1Eud1Z/NgBg
            mTvs20ZI29TtY1KRNFOW1YrffJbKCcgsLGDlhh3N9Jol2kN3lwUQaC25dsPQbmGX
            6M9k1v87zUNzXuoJpY1pQuHPwtspvB17dRyNo1apayyKvWHEfJnkJHIoPBDugSwj
            gQnDhTajZrMV8VtpdzV2KZSfqE9wuaoQPFCXeH29BAwJOoClEmbddCNZhrOvyzTX
            K9DnQgMCgYEA9g43x4SeaT2VG9vQedye+Bxc/D+UjkcsrG6olVfio0ZwEKDdBy71
            wpLgE6ZVNiQF4bGFevSCsGlhcQKAgC5gYjdmbFoaVXYH5qq67xccqnRpxToIBXBB
            pMMK9K3pvPFmMKIawAu9hBudbxFVNdb/WP/WcqdIYvOo3exWw/tyEKMCgYEAwns7
            dwHZ9IxmADKze2b8gbh6CRZSjHIV2HDcGh/CGK4tRJIZv0Qee70PUK1t814wIbZn
            59MHk18uRF0jnx42/aCJjT82KFlHX+BPZLHtq79/lpI9mDB8EL8azN9YGgOrJrcy
            ctOvEC2WxXn52xWTonP4te2ALIOWASybZqFFewMCgYEAsAQnvuCN+bcGDbHHhwVd
            6xtPIVvSR51+xbM7geomxKpEzIBm3Rao1BIBnczlNB+83WECnZyASPZ5sEAb8JY8
            eMYszOH/6JbQvB/yLcsYxI8WgvIqfsl5DAZCthobFQCTG8M645sCbZjbnHKHxEYS
            0HXj0Iz+aVrouCizQOuFA4UCgYB9KdZRdw2Qx7L1uautZdBopBNWOdmSrfHFRI1C
            +uFuBNr5YJXVdL+xnzF2GMfEcv/DEqO4nSYpAH7EXLUKOOXnQSSFlQMD4MGAwNoX
            0jNF747rlt6xTbLrDDLxW2RWCbpixlBfekEWxmBcY24cQ7yqNr0ASQPOojkuNEkn
            Oe9/hQKBgDqHlwQ3HaWSZJ6CgNZ8pM6vw7Z3/xPiMUp4zd+x1ts+fbD8FYxZa+xP
            javWJLbTNfiWMAL4vwzSEfIAxfKoMeZswXplJSYwa0nemwUBqFOk3wdzhDW62n3N
            PrRFj5JDjdvPhxwkJgRZS6xuVofayTPzAX0B60FGu9v/O2mnHGtV
            -----END RSA PRIVATE KEY-----
            """;

    /** PBES2 with PBKDF2, HMAC-SHA-256 and AES-256. */
    public static final String AES = """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIIFLTBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQI7nl7q6m2W88CAggA
            MAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBAeYFLHfnidNbW1TRUtKS7kBIIE
            0AoTiTUEx9EF/z5Jvr6fLk0W20gMihChLfodpYv1fnjNE8DYRcr3XkC2qrN5qie8
            PTOu6N4gJQuywRur6+q5sxq5oXyiE/9RwEZf9r8paou3K7YHsRSf2vDIeEDtzvV6
            P9qGaxtRZf9S0SiX3uciZ/Y68QLJtmxlVUet2IKkwvjZitVGfpPO/z6ntqh2LESu
            WeSRc6RQw9wzV5NH13pyICltNWaPRKpEGVBCweO84vr/CrttAZDu0aSy/iXDvkGc
            ilUoiR3r4lfdaI1F9bYc2uos2s3ehRlcBqUnsJKpqBGtIamKATjR9bz/y6jJ2ObJ
            9y0F1tcnpHbtX3AwPvcprNPlO+Jejjq7QJY7f8+SBiqD32km3+UdR2PhSw8hg4v2
            28oOzLqTegx3rBRyNZL6F11macB+lpZ49UxAohrFkTFFX2h7dcqeMqAkle6qdODf
            +WNiKTK/Pc8vFVBkZQWKwawt4LP2x1zVihbWwzDZus0LKXZmvcfVf73WnQGfQxUw
            Q2cEBS8jaRxChWgVAN2GVlRMHnlYTVid1JLMCsCRArPiiRnbx4NjxfIT1SeenXgR
            OKHaBTuT1ycaPggHE9PSBci/TELnC1xePT1h4dljS6n6zoDbha5n+iX5fZZNBl3m
            eFxOBMeqUgJMoppx0SwpHxzQ2FvJgQgGAGO6OJeosdJv7ngKxp9hmpKX8R0mxtm/
            j5lCATGVZekj4FbV+qP0kLudcju6UbuIwoiYrCI3nIecbTUKt3SzZ5g9YaVkmfmt
            hFBECXCUTAFshDq1bEKkmvPvoXkhFZGG3RdVaiZnvtw8dDY7+RVImmU33JuLJmmH
            9JnkrdrnIFIBfa+nOxtQdlY8G8/vx8kk0+GJU7q2qsifwdqICch99lAOtl2HcqE3
            y5/qw3yCbn5PHdBJx9Y5uzGdJlTr/4r+baN6ItgMFsBJBPzG6FW1v13MwkWXqsbQ
            SUcVHC+caAI8/44/AQ6rbL7toSGm3svAcGbwDnE2oiTHlHygVpiJOfofkK1BefRa
            bovLP2rbXcGvNrhWRNApBj8Bb2dHVK6Hc/I4KEwyJoPPcP9XMQH+lsfo5t11PDKk
            9ibqKKWazdEiSvPr5XIMw+L8EWrcZMoCq9yQD6hsJI/cw+M699wtq+w4DwtgjISr
            hZzTDyDk8qzn25KCIhrtplmKETjpWq/agQFhcdy6TupZK4B8EpCzPxntAkx7P/st
            fiw0cJyZRBkGNsYZh7KdLJTM2FlZltgCQcnYLGHRDt2W4JRuJJ9VfiXfzl/ChKq0
            z7dfgYdhmko8mtZVBmsFdqP083wvx2Z5bhBLvMPU8nqaYQMi6xILUCbwlwtoM0cg
            IJ8pvRUrabWd7wrsFw3LBDcOjzzizHXwZZvTKS74hhZaQDIRSkZ+vO/sAim8Ks9e
            bfpSiHnbVWSjgNy/y3zfuOlgitE8WCRHVFRgEhi0TlWGoo0iTC2swLHViI3EjIcu
            dX/8hAJ12g8m0iliLm7mRm43diWkZ60+hWCuSKIgcKSbwa6ekJs0FKOnbE9UyEtM
            zJv4VFWlfr4lKH9iIM7Mc19kxButgEyKin2sOBN9lTPUsIcGdiJDleYsPmxczJjo
            WShzgL0whOYxWOcsrOo9zIATDfZ/dC60La+/RXIgzPEQ
            -----END ENCRYPTED PRIVATE KEY-----
            """;

    /** PBES2 with PBKDF2, HMAC-SHA-1 and triple DES, as in the settings that Box generates for an app. */
    public static final String TRIPLE_DES = """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIIFDjBABgkqhkiG9w0BBQ0wMzAbBgkqhkiG9w0BBQwwDgQIepO3lSBY/l0CAggA
            MBQGCCqGSIb3DQMHBAgHiqEfLA+ipASCBMiSHg4G/JuZDcBHSImMI7rbF3WemzON
            cd3xFn+NmpCBf6aGpmR48ph2GVHAqBdx+BBIuYi+RTX9rL7YTyhUb6yY0fSCPZrD
            NNZT1CTjTWVMUy634yLsAKvT5Vij+0/KQ1cseR4zY27Y1rqoREjAmudqNFgFHk2p
            lhjN+LEwpX6Xv/aaP/6xdRjCAYDelovq1Yib5es+FgZIkggTJg7M+T1khci7Jhvm
            hmp2M40JaoarNg+fALf7AETYDHy0cTHyE9rJltHdG+Sg7xZt40f9myO2rvkopUUv
            yBXwHS/NFpm35nJ5Qdmx2vfmd3WXWw4ccZmmGJ+p7z79Hxw/BW3fGqdHwtOu3X9d
            g58G5OPFq3rv04BAfA4vCsvFHMDDoeWlFEfZ/pimabTCflQVS9xtwPvP3tlX7ye6
            ztg8KH5nxo8+1HgkoT0INS4I4TaSc1VZ9QjSSR7uQQyzEHW+qPfSLex5YgMenM4V
            lHw0eLUbquh/v53Ylh+9p4CitHTZkT3zNaJoKMPjfaCfhRCCBdwWxptrOzKc4FpK
            KkzJZogmoTPSXMwKhFZPp1dQ5muurU4CnntV/11iWFV0YNT0CugrAXNOAcs+Ad/F
            8q1+Iu/cCBwp2GjNKU1Sni4awZn1faEvOhNHQ8/torszAZ0y6OonY1gWzh1vlGE/
            dwQCaBoFAU9/bCDOfoVJQJVIRedJlvNdtpMm6KBirI9qeABKZglJ1qDjL01gvkrd
            5KnYMocNxkDFXjJAUPUJQDkk+Y+FwyEb8yLqMyk5nyGiQ8PRmDPLpDwNtej+ElwS
            POLiwdH8Us25VwFQZh6Sclc5C5tsgGa2RaP3V54Sn7TmuerbxWNYrO7nHIoViJNp
            kqjfyCsKctesL0Cy9O6oQeEw3IZYHOci5l+UxgbloPaCMOHiHS61Do65rbvvul0k
            egbOKhcDeJwU4A1pOq/c2r+O6iIC4uSdXL2tL/MW3cQKN5e5nP1T/libFgH1B4pm
            YvH9pTJDoLW5DsUeqjRRx3hM3ZdUsjWEypDbu5S72E2z53MNOdiu0txZMQKs4eN9
            dBIl4TqE+7P9/wRDVFH+vyuj5hEoPufkqxxtbu7EjOECmmf0OKWLHFjA/NIxo0WN
            eiT3c1oSt5s4SzFTKmNhzr+uluvJfKN4/Oa/F2g1bGdEAcQ4N0ZVicNAxlNxbkJP
            TbMWa4NX9ztjLKCrBvNPVgq0qsIphVOGjzhot6BusiuXPGJDI9o7BhyZseiOYHAi
            +nX/If0nmLYISlR2Ii4Uvac5ZRJtwHuLF+i6KeajTHM+f2RbMQt56KKOsEQsteab
            n39akuSzsSPLS+ZtLhDk1fGffOTktuqv9cBfcOpFjLpH2OQu3r6SM/hGV2M9uptJ
            JiyPWVsoMrfse9s3IC35JIHjSlyerWGsz4O4pNOrOTIeaUsx6SauxQQXAO+pD0IA
            RIYMUtHNf5FT761SIeoy391rLB4vh7ELx9S71pXmyY8LriA/FQQ/+WhkNMUQnhNK
            NPVIvt8YjKEJgOL71IF3cBxxHJEYhShCtl+2GyWeLAdtz1x18X+KxYhPrBTkbN2O
            vzJ6hC0Kn3TtdVcZNiW9cvBrag35xLUXAU9FNETdiqLqUL1tKTO+f8DUG6yW6iPY
            5qw=
            -----END ENCRYPTED PRIVATE KEY-----
            """;

    /** Its public key. */
    public static final String PUBLIC = """
            -----BEGIN PUBLIC KEY-----
            MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuu04QaibOH3yGG0dEyGf
            PRoo7qCgkhtJsIjF5c7nIdc7LEupQNYaBmml+Ct8Gg4n5RNFBLJL+8uavm+f2pkd
            7Oof6CaPJG6Hj0Ze+RPoMLJC9Tpoyc2u26yfXCtAoIEEc2HpLMFBUNigCrioAR4T
            oUlHydPWh1bGf31jd6/fsx/NGR5tYQnliFFWK3uhtVeh7/w9AVTftA5M4v0NS0ec
            Fs5XOWK+/+7MjUmZb1iBCdvvEwC2N0pm7gxejD2V2sy62t5QQXyg8fRO2bffQA6G
            FLsswjRQEmC20LWzKUZfvd6wU7ZyYo8Nd+pCAK1Ks7YpFJzgloYLfmGJ9AJCv0OC
            6QIDAQAB
            -----END PUBLIC KEY-----
            """;

    private TestKeys() {}
}
